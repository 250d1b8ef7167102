namespace Monolith.Kernel.History;

/// <summary>
/// What a unit of work was done for: a command that came over HTTP, or a message. Its events have it as their causation, together with
/// what caused it, back to the command at the beginning: <c>POST /v1/orders#id;ReserveStock#id;ReservationMade#id</c>. Messages carry
/// the same, so a chain stays whole across modules, and where a unit of work recorded nothing.
/// </summary>
/// <param name="Name">Method and route of a command, type of a message.</param>
/// <param name="Id">The trace context of a command, the id of a message.</param>
public sealed record Cause(string Name, string Id)
{
    /// <summary>The header of a message; Wolverine takes the causation of the handler's session from it.</summary>
    public const string Header = "causation-id";

    private const char Separator = ';';
    private const char Mark = '#';

    /// <summary>Further back, only the correlation leads.</summary>
    private const int Most = 24;

    /// <param name="path">What caused this one; null when nothing did.</param>
    public string After(string? path) => path is null
        ? ToString()
        : string.Join(Separator, path.Split(Separator).TakeLast(Most - 1).Append(ToString()));

    /// <summary>Oldest first; the last one is the unit of work itself. A causation of another form is an id without a name.</summary>
    public static IReadOnlyList<Cause> Parse(string? path) => string.IsNullOrEmpty(path)
        ? []
        : [.. path.Split(Separator).Select(text => text.LastIndexOf(Mark) is var mark and >= 0
            ? new Cause(text[..mark], text[(mark + 1)..])
            : new Cause("", text))];

    public override string ToString() => $"{Name}{Mark}{Id}";
}
