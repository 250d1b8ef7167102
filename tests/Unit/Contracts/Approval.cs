using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Marten;
using Monolith.Kernel.History;

namespace Monolith.Unit.Contracts;

/// <summary>
/// What is stored today must be readable for ever. <c>Approved/{stored name}.v{version}.json</c> is an event as it is stored; a
/// change to the shape of an event shows here, and is right only when an upcaster still reads the old form.
/// </summary>
internal static class Approval
{
    private static readonly JsonSerializerOptions Readable =
        new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Contracts", "Approved");

    public static IEnumerable<string> Files => Directory.EnumerateFiles(Folder).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal);

    public static string FileOf(string name) => EventName.Parse(name).Version == 1 ? $"{name}.v1.json" : $"{name}.json";

    public static string Read(string name) => File.ReadAllText(Path.Combine(Folder, FileOf(name))).ReplaceLineEndings("\n").TrimEnd();

    /// <summary>Stored names without an approved sample.</summary>
    public static IEnumerable<string> Missing(IEnumerable<string> names, IEnumerable<string> files) => names.Where(name => !files.Contains(FileOf(name)));

    /// <summary>The event as it would be stored, laid out for readers.</summary>
    public static string Stored(object e, ISerializer serializer) => JsonNode.Parse(serializer.ToJson(e))!.ToJsonString(Readable);

    public static object Restored(string json, Type type, ISerializer serializer)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(json));
        return serializer.FromJson(type, stream);
    }
}
