using System.Globalization;

namespace Monolith.Operations.CommandLine;

/// <summary>What stands behind <c>projections</c> on the command line.</summary>
/// <param name="Command">Empty when it cannot be understood.</param>
internal sealed record CommandCall(string Command, string? Name, string? Reason, bool InPlace, int? MaxEventsPerSecond)
{
    private static readonly CommandCall NotUnderstood = new("", Name: null, Reason: null, InPlace: false, MaxEventsPerSecond: null);

    public static CommandCall Parse(IReadOnlyList<string> arguments)
    {
        var call = NotUnderstood with { Command = "list" };
        var (rest, words) = (new Queue<string>(arguments), new List<string>());
        while (rest.TryDequeue(out var argument))
        {
            switch (argument)
            {
                case "--reason" when rest.TryDequeue(out var reason):
                    call = call with { Reason = reason };
                    break;
                case "--max-events-per-second" when rest.TryDequeue(out var text) && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var most):
                    call = call with { MaxEventsPerSecond = most };
                    break;
                case "--in-place":
                    call = call with { InPlace = true };
                    break;
                case ['-', ..]:
                    return NotUnderstood;
                default:
                    words.Add(argument);
                    break;
            }
        }

        return words switch
        {
            [] or ["list"] => call,
            ["rebuild" or "verify", var name] => call with { Command = words[0], Name = name },
            _ => NotUnderstood,
        };
    }
}
