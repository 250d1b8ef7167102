namespace Monolith.Scenarios.Infrastructure;

/// <summary>How much a test does: a smoke in every run, all of it with <c>MONOLITH_FULL=1</c>.</summary>
internal static class Scale
{
    public static bool Full { get; } = Environment.GetEnvironmentVariable("MONOLITH_FULL") == "1";

    public static int Of(int smoke, int full) => Full ? full : smoke;
}
