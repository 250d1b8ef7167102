using Microsoft.AspNetCore.Authorization;

namespace Monolith.Kernel.Access;

/// <summary>The roles of the API. Staff is everyone but customers.</summary>
public static class Role
{
    public const string Customer = "customer";
    public const string Support = "support";
    public const string Warehouse = "warehouse";
    public const string Operator = "operator";
    public const string Viewer = "viewer";
    public const string Admin = "admin";

    public static IReadOnlyList<string> All { get; } = [Customer, Support, Warehouse, Operator, Viewer, Admin];

    public static IReadOnlyList<string> Staff { get; } = [Support, Warehouse, Operator, Viewer, Admin];
}

/// <summary>Who may run a command, beside admin.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AllowAttribute : AuthorizeAttribute
{
    public AllowAttribute(params string[] roles) => Roles = string.Join(',', [.. roles, Role.Admin]);
}

/// <summary>Who may read: all staff, because every staff role reads what a viewer reads, and the roles named beside them.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AllowStaffAndAttribute : AuthorizeAttribute
{
    public AllowStaffAndAttribute(params string[] roles) => Roles = string.Join(',', [.. roles, .. Role.Staff]);
}

/// <summary>Policies that are more than roles.</summary>
public static class Policies
{
    /// <summary>Staff from anywhere, and tools on this machine without credentials.</summary>
    public const string ViewerOrLoopback = "viewer or loopback";
}
