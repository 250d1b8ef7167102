using Monolith.Insights.Streaming.Windowing;

namespace Monolith.Insights.Streaming;

/// <summary>The windows that a page of the log has to do with, and what becomes of them.</summary>
internal sealed class PageOfWindows<TProcessor, TState>
    where TState : class
{
    private readonly Dictionary<string, Window<TProcessor, TState>> byId;
    private readonly IWindowing windowing;
    private readonly Dictionary<(string Key, string Part), List<Window<TProcessor, TState>>> open = [];
    private readonly HashSet<string> stored;
    private readonly HashSet<string> changed = new(StringComparer.Ordinal);
    private readonly HashSet<string> removed = new(StringComparer.Ordinal);

    public PageOfWindows(IEnumerable<Window<TProcessor, TState>> loaded, IWindowing windowing)
    {
        this.windowing = windowing;
        byId = loaded.ToDictionary(w => w.Id, StringComparer.Ordinal);
        stored = [.. byId.Keys];
        foreach (var window in byId.Values)
        {
            Open(window);
        }
    }

    public IReadOnlyCollection<Window<TProcessor, TState>> All => byId.Values;

    public IReadOnlyCollection<Window<TProcessor, TState>> Changed => [.. changed.Select(id => byId[id])];

    public IReadOnlyCollection<string> Removed => [.. removed.Where(stored.Contains)];

    public Window<TProcessor, TState>? Find(string id) => byId.GetValueOrDefault(id);

    public bool IsFinal(string id) => byId.TryGetValue(id, out var window) && window.IsFinal;

    /// <summary>The open windows into which a share falls, earliest first: those that it joins if they merge, or the very one.</summary>
    public IReadOnlyList<Window<TProcessor, TState>> Met(string key, string part, TimeWindow assigned) => windowing.Merges
        ? [.. open.GetValueOrDefault((key, part), []).Where(w => windowing.Joins(w.Span, assigned)).OrderBy(w => w.Start)]
        : Find(WindowId.Of(assigned, key, part)) is { IsFinal: false } one ? [one] : [];

    /// <summary>Puts a window in the place of those that it is made of.</summary>
    public void Replace(IReadOnlyList<Window<TProcessor, TState>> parts, Window<TProcessor, TState> whole)
    {
        foreach (var part in parts)
        {
            byId.Remove(part.Id);
            changed.Remove(part.Id);
            removed.Add(part.Id);
            open.GetValueOrDefault((part.Key, part.Part))?.RemoveAll(w => w.Id == part.Id);
        }

        byId[whole.Id] = whole;
        changed.Add(whole.Id);
        removed.Remove(whole.Id);
        Open(whole);
    }

    private void Open(Window<TProcessor, TState> window)
    {
        if (!windowing.Merges || window.IsFinal)
        {
            return;
        }

        if (!open.TryGetValue((window.Key, window.Part), out var same))
        {
            open[(window.Key, window.Part)] = same = [];
        }

        same.Add(window);
    }
}
