//! What is said of files that are opened, in Vietnamese: what they would change, and why they are refused.

sentences! {
    /// Sentences of opening files, in one language.
    Files {
        // a file is announced before it changes anything
        ask_backup: "Tệp “{}” là bản sao lưu, tự ghi là lập lúc {}.",
        ask_list: "Tệp “{}” là danh sách khóa tin cậy, có {} khóa.",
        ask_card: "Tệp “{}” là thẻ khóa, tự ghi là của “{}”.",
        ask_would: "Nếu nạp thì trên máy này:",
        ask_nothing: "Không có gì thay đổi.",
        ask_forms_new: "{} phiếu mới: {}",
        ask_forms_replaced: "{} phiếu được thay bằng bản viết tiếp từ nó (bản cũ vào “Phiếu đã xóa”): {}",
        ask_forms_stay: "{} phiếu đã viết tiếp ở đây, giữ nguyên: {}",
        ask_forms_both: "{} phiếu khác nhau ở cả hai bên, giữ cả hai: {}",
        ask_unreadable: "{} phiếu mà phiên bản này không đọc được",
        ask_keys: "{} khóa ký mới, vẫn khóa bằng mật khẩu: {}",
        ask_others: "{} khóa mới của người khác, chờ đối chiếu mã: {}",
        ask_others_here: "{} khóa của người khác đã có ở đây",
        ask_revokes: "Thu hồi khóa của “{}” từ ngày {}: không chữ ký nào bằng khóa ấy còn được tính, dù ghi ký vào ngày nào",
        ask_revokes_new: "Khóa mới của “{}” được nhận vào như đã thu hồi từ ngày {}",
        ask_file_name: "(tệp gọi là “{}”)",
        ask_card_new: "thẻ được nhận và chờ đối chiếu mã; khóa chưa được tin",
        ask_card_here: "khóa này đã có ở đây, với tên “{}”; không có gì thay đổi",
        ask_more: "và {} nữa",
        ask_claims: "Những gì tệp tự nói – mã, ngày giờ, việc đã làm, “tin cậy” – không được coi là đã làm ở máy này.",
        ask_yes: "Nạp",
        ask_no: "Thôi",
        // why a file is not opened
        fault_size: "tệp quá lớn",
        fault_foreign: [
            "tệp rỗng, không có nội dung; nhờ người gửi gửi lại",
            "tệp là văn bản kiểu mã UTF-16; hãy lưu lại theo UTF-8, hoặc xin đúng tệp gốc",
            "đây là ảnh, không phải chính tệp ấy; ảnh chụp các mã trên giấy thì mở bằng “Đọc phiếu từ bản giấy”",
            "đây là tệp PDF, không phải chính tệp ấy",
            "đây là một trang web (HTML), có thể là trang đăng nhập hay trang tải xuống được lưu nhầm",
            "đây là tệp nén (ZIP) hoặc tệp Word, Excel; nếu là tệp nén, hãy giải nén rồi mở tệp bên trong",
            "đây là tệp Word hoặc Excel, không phải chính tệp ấy",
        ],
        fault_encoding: "tệp dùng kiểu mã chữ khác UTF-8, có lẽ đã qua một chương trình soạn thảo; hãy xin đúng tệp gốc",
        fault_cut: "tệp bị cắt cụt: hết ở dòng {}, cột {} khi chưa trọn; hãy tải hoặc xin lại tệp",
        fault_other: "đây là tệp JSON của phần mềm khác, không ghi định dạng nào của Bốn Tốt",
        fault_syntax: "nội dung không phải JSON ở dòng {}, cột {}",
        fault_place: "sai ở {}",
    }
}
