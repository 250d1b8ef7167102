namespace Monolith.Contracts.Ordering;

/// <summary>
/// The delivery fee that was recorded was wrong; this is the right one. What was recorded stays as it is. Money that came in too much goes
/// back, and money that is missing is asked for.
/// </summary>
/// <param name="PreviousFee">The fee until now, in <paramref name="Currency"/>.</param>
/// <param name="PolicyVersion">The policy that the right fee follows.</param>
/// <param name="OperationId">The operation that corrected many orders, this one among them; null where a person corrected this one.</param>
public sealed record DeliveryFeeCorrected(
    string OrderId, decimal PreviousFee, decimal CorrectFee, string Currency, int PolicyVersion, string Reason, string? OperationId,
    DateTimeOffset CorrectedAt);
