using Monolith.Insights.Streaming.Windowing;

namespace Monolith.Insights.Streaming;

/// <summary>Which stored windows a page can touch or close; any other stays as it is.</summary>
/// <param name="Ids">These, final or not.</param>
/// <param name="Keys">The open ones of these keys: windows that merge may meet any of them.</param>
/// <param name="Latest">The open ones that close until then.</param>
internal sealed record WindowsNeeded(string[] Ids, string[] Keys, DateTimeOffset Latest)
{
    public static WindowsNeeded By<TState>(IReadOnlyList<Arrival<TState>> arrivals, IWindowing windows)
        where TState : class => new(
        [.. arrivals.SelectMany(a => windows.Assign(a.At, a.Side).SelectMany(w => a.Shares.Select(s => WindowId.Of(w, s.Key, s.Part)))).Distinct()],
        windows.Merges ? [.. arrivals.SelectMany(a => a.Shares).Select(s => s.Key).Distinct()] : [],
        arrivals.Max(a => a.At));
}
