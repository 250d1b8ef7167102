namespace Monolith.Kernel;

/// <summary>The form of a country's code.</summary>
public static class Country
{
    public const string Rule = "must be an ISO 3166-1 alpha-2 code, such as DE";

    public static bool IsValid(string? code) => code is { Length: 2 } && code.All(char.IsAsciiLetterUpper);
}
