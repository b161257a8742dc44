// Judgements at the desk.
export function openReview() {}
