//! What is said of files beside answers, in Vietnamese.

sentences! {
    /// Sentences of attached files, in one language.
    Attached {
        attached: "Tài liệu kèm",
        attached_add: "Thêm ảnh hoặc tệp",
        attached_say: "Ảnh lớn được thu nhỏ khi thêm vào. Tệp nằm trên máy này; phiếu đã ký ghi tên, dung lượng và mã SHA-256 để cấp trên đối chiếu.",
        attached_used: "Đã dùng {} của {} dành cho tài liệu kèm trên máy này.",
        attached_busy: "Đang thêm “{}”…",
        attached_remove: "Bỏ tệp này",
        attached_gone: "Tệp không có trên máy này. Nếu còn tệp gốc thì bỏ dòng này rồi thêm lại.",
        attached_elsewhere: "Tệp không có trên máy này; tệp đi cùng phiếu trong tệp ZIP, nếu người gửi có lưu.",
        attached_picture: "Ảnh “{}”",
        attached_line: "{} ({}, SHA-256 {}…)",
        // why a file is not taken, and what to do
        attached_full: "Mỗi mục nhận tối đa {} tệp nên không thêm “{}”. Hãy bỏ bớt tệp, hoặc gộp các trang vào một tệp PDF.",
        attached_twice: "Tệp “{}” đã có ở mục này.",
        attached_empty: "Tệp “{}” rỗng, không có gì để kèm. Hãy chọn tệp khác.",
        attached_picture_large: "Ảnh “{}” sau khi thu nhỏ vẫn lớn hơn {}. Hãy chụp lại, hoặc cắt bớt ảnh.",
        attached_file_large: "Tệp “{}” lớn hơn {}. Hãy quét lại ở mức 150–200 dpi, hoặc chỉ kèm những trang cần thiết.",
        attached_no_room: "Không đủ chỗ cho “{}”: đã dùng {} của {}. Hãy gửi riêng tệp này. Tài liệu đã bỏ còn chiếm chỗ chừng nào các bản trước của phiếu và phiếu đã xóa còn giữ nó.",
        attached_unreadable: "Không đọc được tệp “{}”. Hãy thử lại, hoặc chọn tệp khác.",
        attached_no_text: "Cả phiếu đã hết chỗ cho chữ nên không ghi thêm được tên tệp “{}”.",
        // the archive beside the signed file
        attached_zip: "Lưu tệp và tài liệu kèm (ZIP)",
        attached_zip_say: "Phiếu có {} tài liệu kèm. Gửi tệp ZIP này thì cấp trên nhận cả phiếu đã ký lẫn tài liệu, và đối chiếu được từng tệp.",
        attached_zip_missing: "Tệp ZIP đã lưu thiếu những tài liệu không có trên máy này: {}.",
        attached_backup: "Tài liệu kèm (ảnh, tệp) không nằm trong tệp sao lưu: hãy giữ tệp gốc, hoặc lưu tệp ZIP sau khi ký.",
    }
}
