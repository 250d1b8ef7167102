using System.Text.Json.Nodes;

namespace Monolith.Scenarios.Operations;

/// <summary>Looks at the audit.</summary>
internal static class Auditor
{
    /// <summary>The newest attempts of somebody. Clients do not wait for outcomes to be recorded, but this does.</summary>
    public static async Task<IReadOnlyList<JsonNode>> Audit(this App app, string actor, int count)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            var entries = (await app.Send("GET", $"/admin/audit?actor={actor}&limit=200").Json())["items"]!.AsArray().Select(e => e!).ToList();
            if (entries.Count >= count && entries.All(entry => entry["outcome"] is not null))
            {
                entries.Count.ShouldBe(count);
                return entries;
            }

            patience.IsCancellationRequested.ShouldBeFalse(string.Join('\n', entries));
        }
    }

    /// <summary>What somebody attempted once.</summary>
    public static async Task<JsonNode> Attempt(this App app, string actor) => (await app.Audit(actor, 1))[0];
}
