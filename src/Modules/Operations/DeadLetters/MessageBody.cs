using System.Security.Claims;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Monolith.Kernel.Access;
using Wolverine;
using Wolverine.Runtime.Serialization;

namespace Monolith.Operations.DeadLetters;

/// <summary>
/// Shows what is in a dead message. Who may see no personal data sees what its type's mask leaves, and of a type without a mask the
/// identifiers only.
/// </summary>
internal static partial class MessageBody
{
    private const string Ours = "Monolith.";
    private const string FailedStatement = "Marten Command Failure";
    private const string EndOfStatement = "$";
    private const int LongestText = 300;

    /// <returns>Null when this program does not know the type or cannot read the message.</returns>
    public static object? Read(Envelope envelope, string messageType, IMessageSerializer serializer)
    {
        var type = AppDomain.CurrentDomain.GetAssemblies()
            .Where(assembly => assembly.GetName().Name?.StartsWith(Ours, StringComparison.Ordinal) == true)
            .Select(assembly => assembly.GetType(messageType)).FirstOrDefault(found => found is not null);
        try
        {
            return type is null || envelope.Data is not { Length: > 0 } ? null : serializer.ReadFromData(type, envelope);
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException or InvalidOperationException)
        {
            return null;
        }
    }

    public static object? Show(object? message, Masks masks, ClaimsPrincipal reader) => message switch
    {
        null => null,
        _ when reader.MaySeePersonalData() || masks.Has(message.GetType()) => masks.Show(message, reader),
        _ => IdentifiersOf(message),
    };

    /// <summary>
    /// The first line that says something: the store puts the statement that failed before it, which is nobody's business. What stands in
    /// quotes may come from anywhere, so it is for those who may see everything.
    /// </summary>
    public static string Complaint(string text, ClaimsPrincipal reader)
    {
        var lines = text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var line = text.StartsWith(FailedStatement, StringComparison.Ordinal)
            ? lines.Skip(Array.LastIndexOf(lines, EndOfStatement) + 1).FirstOrDefault() ?? FailedStatement
            : lines.FirstOrDefault() ?? string.Empty;
        var shown = reader.MaySeePersonalData() ? line : Quoted().Replace(line, $"'{Mask.Text}'");
        return shown.Length <= LongestText ? shown : shown[..LongestText] + "…";
    }

    private static JsonObject IdentifiersOf(object message) => new(
        (JsonSerializer.SerializeToNode(message, JsonSerializerOptions.Web) as JsonObject ?? [])
            .Where(member => member.Key is "id" or "sku" || member.Key.EndsWith("Id", StringComparison.Ordinal))
            .Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone())));

    /// <summary>In quotes of any kind; an apostrophe inside a word is none.</summary>
    [GeneratedRegex("\"[^\"]*\"|(?<!\\w)'[^']*'(?!\\w)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Quoted();
}
