namespace Monolith.Console.Parts;

public enum FieldKind
{
    Text,
    Number,
    Choice,
}

/// <summary>Something that a command needs to know.</summary>
/// <param name="Name">Its member in the body of the request.</param>
/// <param name="Choices">What a choice is between; the first is taken when nothing is said.</param>
public sealed record Field(
    string Name, string Label, FieldKind Kind = FieldKind.Text, bool IsRequired = true, string? Initial = null, IReadOnlyList<string>? Choices = null)
{
    public static readonly Field Reason = new("reason", "Reason");
}

/// <summary>Something that a user may ask the system to do.</summary>
/// <param name="Name">As it stands on the button.</param>
/// <param name="Path">Where it is posted to.</param>
/// <param name="Roles">Who may, beside admin.</param>
/// <param name="Explanation">What it will do, before it is done.</param>
public sealed record Command(string Name, string Path, IReadOnlyList<string> Roles, string Explanation, params IReadOnlyList<Field> Fields)
{
    /// <summary>Who does something has to say why.</summary>
    public static Command WithReason(string name, string path, string role, string explanation, params IReadOnlyList<Field> more) =>
        new(name, path, [role], explanation, [.. more, Field.Reason]);
}
