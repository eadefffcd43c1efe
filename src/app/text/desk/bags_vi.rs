//! Workbooks and bags in Vietnamese.

sentences! {
    /// Sentences on workbooks and bags, in one language.
    Bags {
        export_workbook: "Xuất sổ tính Excel (XLSX)",
        bag: "Gói sổ tiếp nhận",
        bag_say: "Một tệp ZIP có sổ tiếp nhận, mọi phiếu và mọi ý kiến thẩm định, để lưu trữ hoặc để người khác gộp vào sổ của mình: họ chọn tệp này ở phần nhận phiếu.",
        sign: "Ký gói bằng khóa của máy này",
        export_bag: "Xuất gói (ZIP)",
        no_key: "Hãy chọn khóa để ký, hoặc bỏ chọn ký gói.",
        not_written: "Chưa ghi được tệp, sổ trên máy vẫn nguyên. Lý do cho người hỗ trợ kỹ thuật: {}",
        unsigned: "Gói {} không có chữ ký.",
        own: "Gói {} do khóa của máy này ký: {} (mã {}).",
        trusted: "Gói {} do khóa đã được tin ký: {} (mã {}).",
        revoked: "Gói {} do khóa đã bị thu hồi từ ngày {} ký (mã {}). Hãy hỏi lại người gửi.",
        unknown: "Gói {} do khóa chưa được tin ký (mã {}). Hãy so mã này với người gửi.",
    }
}
