//! What is said of criteria packs that are taken and that change, in Vietnamese.

sentences! {
    /// Sentences of criteria packs, in one language.
    Packs {
        // a file with a pack is announced before it is taken
        ask: "Tệp “{}” là bộ tiêu chí “{}”, bản {}.",
        ask_facts: "Mã {}, có {} mục. Mã kiểm tra: {}.",
        ask_author: "Tự ghi là do “{}” công bố ngày {}. Mã của khóa ký: {} – {}.",
        ask_unsigned: "Không ai ký tệp này, nên không biết chắc ai làm ra. Hãy đối chiếu mã kiểm tra với nơi ban hành.",
        ask_note: "Người công bố ghi: “{}”",
        ask_new: "thêm một bộ tiêu chí để lập phiếu mới",
        ask_newer: "phiếu mới lập theo bản này, thay cho bản {}; phiếu đã có giữ nguyên bản của nó",
        ask_built_in: "bản {} đi kèm trang này không còn dùng cho phiếu mới",
        ask_older: "phiếu mới vẫn lập theo bản {}, mới hơn; bản này chỉ để mở phiếu đã lập theo nó",
        ask_signed: "bộ tiêu chí này đã có ở đây; từ nay ghi là do người ký tệp này công bố",
        ask_many: "{} bộ tiêu chí mới: {}",
        came: "Đã nhận bộ tiêu chí “{}”, bản {}. Lập phiếu mới theo bộ này ở “Việc cần làm”.",
        came_older: "Đã nhận bộ tiêu chí “{}”, bản {}. Phiếu mới vẫn lập theo bản mới hơn; phiếu theo bản này thì mở được.",
        restored: "{} bộ tiêu chí",
        // why it is refused
        namesake: "Đây là một bộ tiêu chí khác nhưng mang tên và bản của bộ đã có ở đây ({}). Hãy hỏi người gửi: bản sửa phải có số bản mới.",
        errors: "Bộ tiêu chí này có {} lỗi, nên không dùng được. Hãy nhờ người làm ra nó sửa.",
        // where a pack is from
        from_author: "Bộ tiêu chí do “{}” công bố (theo chữ ký kèm theo, khóa {}), bản {}.",
        from_nobody: "Bộ tiêu chí nạp từ tệp không có chữ ký, bản {}.",
    }
}
