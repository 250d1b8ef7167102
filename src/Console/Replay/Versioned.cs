namespace Monolith.Console.Replay;

/// <summary>What has a version, of which nothing else is asked.</summary>
internal sealed record Versioned(long Version);
