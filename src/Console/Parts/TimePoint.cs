namespace Monolith.Console.Parts;

/// <param name="Label">Where it stands on the axis.</param>
public readonly record struct TimePoint(string Label, double Value);
