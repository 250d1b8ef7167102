using System.Net.Http.Json;
using Monolith.Console.Api;

namespace Monolith.Console.Session;

/// <summary>Who uses the console, as the server tells.</summary>
/// <param name="Name">Null when nobody is signed in.</param>
/// <param name="SignIn">Where to sign in; null where that is not configured.</param>
/// <param name="SignOut">Whether there is something to sign out of.</param>
public sealed record SessionInfo(
    string? Name, IReadOnlyList<string> Roles, string Environment, string Version, string? SignIn, bool SignOut, string AntiforgeryToken);

/// <summary>The signed-in user. Every right is checked by the API; here it only decides what is offered, and what is said instead.</summary>
internal sealed class CurrentUser
{
    public const string AntiforgeryHeader = "X-Antiforgery";

    private const string Admin = "admin";

    public event EventHandler? Changed;

    public SessionInfo? Session { get; private set; }

    public bool IsSignedIn => Session?.Name is not null;

    public string AntiforgeryToken => Session?.AntiforgeryToken ?? string.Empty;

    /// <returns>False when the server does not answer.</returns>
    public async Task<bool> TryLoad(HttpClient http)
    {
        try
        {
            Session = await http.GetFromJsonAsync<SessionInfo>("console/session", MonolithApi.Json);
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException or IOException)
        {
            return false;
        }

        Changed?.Invoke(this, EventArgs.Empty);
        return true;
    }

    public bool Has(params IReadOnlyList<string> roles) => Session is { Roles: var mine } && (mine.Contains(Admin) || roles.Any(mine.Contains));

    /// <returns>Why the user may not; null when they may.</returns>
    public string? WhyNot(params IReadOnlyList<string> roles) =>
        Has(roles) ? null : $"Needs the role {string.Join(" or ", roles)}. You have {(Session is { Roles: [_, ..] mine } ? string.Join(", ", mine) : "none")}.";
}

internal static class Role
{
    public const string Support = "support";
    public const string Warehouse = "warehouse";
    public const string Operator = "operator";
}
