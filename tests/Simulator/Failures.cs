namespace Monolith.Simulator;

/// <summary>What went wrong: all counted, the first few kept.</summary>
internal sealed class Failures
{
    private const int Kept = 5;
    private readonly List<string> first = [];

    public int Count { get; private set; }

    public void Add(string what)
    {
        lock (first)
        {
            Count++;
            if (first.Count < Kept) first.Add(what);
        }
    }

    public void WriteTo(TextWriter output)
    {
        lock (first)
        {
            foreach (var failure in first) output.WriteLine($"  {failure}");
            if (Count > first.Count) output.WriteLine($"  … and {Count - first.Count:N0} more");
        }
    }
}
