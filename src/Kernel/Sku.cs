using System.Text.RegularExpressions;

namespace Monolith.Kernel;

/// <summary>The form of a stock keeping unit's name.</summary>
public static partial class Sku
{
    public const string Rule = "must consist of 1 to 64 letters, digits, dots, underscores or dashes";

    public static bool IsValid(string? sku) => sku is not null && Form().IsMatch(sku);

    [GeneratedRegex(@"\A[A-Za-z0-9._-]{1,64}\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Form();
}
