namespace Monolith.Kernel;

/// <summary>How many pieces one line, receipt or adjustment may be about.</summary>
public static class Quantity
{
    public const int Most = 10_000;

    public static readonly string Rule = $"must be from 1 to {Most}";

    public static bool IsValid(int? quantity) => quantity is >= 1 and <= Most;
}
