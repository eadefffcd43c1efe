//! What is said of monthly meeting sheets beside a form of a longer period, in Vietnamese.

sentences! {
    /// Sentences of meeting sheets, in one language.
    Meetings {
        title: "Phiếu sinh hoạt trong kỳ",
        reading: "Đang xem các phiếu sinh hoạt trên máy này…",
        no_unit: "Ghi tên đơn vị ở trên để tìm các phiếu sinh hoạt của đơn vị trên máy này.",
        none: "Trên máy này chưa có phiếu sinh hoạt nào của đơn vị trong kỳ. Có phiếu thì số liệu của phiếu được đề xuất ở đây.",
        calendar: "Lịch sinh hoạt: {} trong {} tháng có phiếu dùng được",
        calendar_say: "Chỉ tính phiếu lập trên máy này, cùng tên đơn vị và cùng cấp. Phiếu chưa điền đủ thì chưa được tính.",
        col_month: "Tháng",
        col_sheets: "Phiếu sinh hoạt",
        // the states of a month, in the order of the calendar's states
        states: [
            "– chưa có phiếu",
            "◔ phiếu chưa điền đủ, chưa tính",
            "✓ có một phiếu điền đủ, được tính",
            "✗ có nhiều phiếu điền đủ, chưa tính phiếu nào: chỉ giữ một phiếu cho tháng này",
        ],
        sheet_done: "Mở phiếu điền đủ, sửa lúc {}",
        sheet_open: "Mở phiếu chưa điền đủ, sửa lúc {}",
        proposed: "Đề xuất từ {} phiếu sinh hoạt",
        proposed_say: "Không số nào tự điền vào phiếu này: xem rồi lấy.",
        each: "Xem và lấy từng số ({})",
        replaces: "{} số khác với số đang ghi trong phiếu; lấy là thay số đang ghi.",
        nothing: "Không còn số nào để lấy từ phiếu sinh hoạt.",
        months: "tháng {}",
        line: "{}: {} ({}: {})",
        line_instead: "{}: đang ghi {}, theo phiếu sinh hoạt là {} ({}: {})",
        take: "Lấy {}",
        take_named: "Lấy {}: {}",
        take_all: "Lấy tất cả {} số",
        took: "Đã lấy: {}. Bấm “Hoàn tác” nếu muốn bỏ.",
        took_all: "Đã lấy {} số, trong một bước. Bấm “Hoàn tác” nếu muốn bỏ.",
    }
}
