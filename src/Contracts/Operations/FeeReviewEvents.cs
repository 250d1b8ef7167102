using Monolith.Contracts.Ordering;

namespace Monolith.Contracts.Operations;

/// <summary>An operator asked which delivery fees are wrong, or for what was found to be corrected.</summary>
/// <param name="DryRunId">The operation whose findings are to be corrected; null where orders are only looked at.</param>
/// <param name="Actor">The operator's <c>sub</c>.</param>
public sealed record FeeReviewRequested(
    string OperationId, int PolicyVersion, int CorrectPolicyVersion, string? DryRunId, string Reason, string Actor, DateTimeOffset RequestedAt);

/// <summary>A node began. A node that dies leaves it to another, which goes on with what is left.</summary>
/// <param name="Node">The node's number in the cluster.</param>
/// <param name="Total">Orders to look at.</param>
public sealed record FeeReviewStarted(string OperationId, int Node, long Total, DateTimeOffset StartedAt);

/// <summary>All orders were looked at.</summary>
public sealed record FeeReviewSucceeded(string OperationId, FeeReviewReport Report, DateTimeOffset FinishedAt);

/// <summary>It ended with an error. What was corrected before stays corrected.</summary>
public sealed record FeeReviewFailed(string OperationId, string Error, DateTimeOffset FinishedAt);
