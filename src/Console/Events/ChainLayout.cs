namespace Monolith.Console.Events;

/// <summary>A node of the chain and where it stands, in pixels.</summary>
internal sealed record PlacedNode(ChainNode Node, int X, int Y);

/// <summary>
/// Lays the chain out in columns from left to right: a node stands one column after the last of what led to it (longest path layering), so that every
/// edge goes forward.
/// </summary>
internal sealed record ChainLayout(IReadOnlyList<PlacedNode> Nodes, IReadOnlyList<(PlacedNode From, PlacedNode To)> Edges, int Width, int Height)
{
    public const int NodeWidth = 210;
    public const int NodeHeight = 46;

    private const int ColumnWidth = NodeWidth + 50;
    private const int RowHeight = NodeHeight + 16;
    private const int Margin = 8;

    public static ChainLayout Of(CausationChain chain)
    {
        var columns = Columns(chain);
        var placed = columns.GroupBy(c => c.Value)
            .SelectMany(column => column.Select((entry, row) => new PlacedNode(entry.Key, Margin + (column.Key * ColumnWidth), Margin + (row * RowHeight))))
            .ToDictionary(p => p.Node.Id, StringComparer.Ordinal);
        var edges = chain.Edges.Where(e => placed.ContainsKey(e.From) && placed.ContainsKey(e.To)).Select(e => (placed[e.From], placed[e.To]));
        return new ChainLayout(
            [.. placed.Values], [.. edges],
            placed.Values.Select(p => p.X).DefaultIfEmpty().Max() + NodeWidth + Margin, placed.Values.Select(p => p.Y).DefaultIfEmpty().Max() + NodeHeight + Margin);
    }

    private static Dictionary<ChainNode, int> Columns(CausationChain chain)
    {
        var column = chain.Nodes.ToDictionary(node => node.Id, _ => 0, StringComparer.Ordinal);
        // As often as there are nodes at most: the chain has no cycles, and if it had, this ends all the same.
        for (var (round, moved) = (0, true); moved && round < chain.Nodes.Count; round++)
        {
            moved = false;
            foreach (var edge in chain.Edges.Where(e => column.ContainsKey(e.From) && column.ContainsKey(e.To)))
            {
                if (column[edge.To] <= column[edge.From])
                {
                    (column[edge.To], moved) = (column[edge.From] + 1, true);
                }
            }
        }

        return chain.Nodes.ToDictionary(node => node, node => column[node.Id]);
    }
}
