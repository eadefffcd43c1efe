//! What is told of a pack beyond its errors, in Vietnamese.

sentences! {
    /// Sentences about what is told of a pack.
    Advised {
        warnings: "Nên xem lại",
        costs: "Lựa chọn này đòi hỏi gì",
        running: "Đang phân tích…",
        failed: "Không phân tích được trên máy này. Phần lỗi ở trên vẫn đúng.",
        none: "Không có gì nên xem lại.",
        reachable: "Có câu trả lời làm phiếu đủ điều kiện",
        sample: "Câu trả lời mẫu",
        look: "Xem trong phiếu",
        before: "Xem trước khi đổi",
        after: "Xem sau khi đổi",
    }
}
