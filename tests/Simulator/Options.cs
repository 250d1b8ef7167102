namespace Monolith.Simulator;

/// <summary>What one run does, and against whom.</summary>
/// <param name="Orders">How many orders are placed.</param>
/// <param name="Rate">Orders started per second, however slowly they are answered.</param>
/// <param name="Seed">The same seed gives the same products, customers and stories.</param>
/// <param name="Run">Part of every idempotency key: the same run again is answered from the first one.</param>
/// <param name="Url">Where the API is, with a slash at the end.</param>
/// <param name="Customers">How many customers there are.</param>
/// <param name="Products">How many products are on sale.</param>
/// <param name="Concurrency">Most orders under way at once; more wait, and their waiting counts as latency.</param>
/// <param name="Patience">How long one request is repeated while the API is away or busy.</param>
/// <param name="Token">Bearer token, or none.</param>
/// <param name="WebhookSecret">Signs what the payment provider reports.</param>
internal sealed record Options(
    int Orders, double Rate, int Seed, string Run, Uri Url, int Customers, int Products, int Concurrency,
    TimeSpan Patience, string? Token, string WebhookSecret)
{
    /// <summary>A key for something that happens once in a run, however often it is tried.</summary>
    public string KeyOf(string what) => $"sim-{Seed}-{Run}-{what}";
}
