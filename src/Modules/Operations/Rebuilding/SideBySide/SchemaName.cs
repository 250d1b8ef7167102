namespace Monolith.Operations.Rebuilding.SideBySide;

internal static class SchemaName
{
    /// <summary>The part of a schema's name that stands for a projection: what the database takes without quotes.</summary>
    public static string Of(string projection) => projection.ToLowerInvariant().Replace('-', '_');
}
