using System.Security.Claims;

namespace Monolith.Kernel.Access;

/// <summary>Questions about the signed-in user that more than one module asks.</summary>
public static class Caller
{
    extension(ClaimsPrincipal user)
    {
        /// <summary>The <c>sub</c> claim; <c>anonymous</c> where nobody is signed in.</summary>
        public string Subject() => user.Identity?.Name ?? "anonymous";

        /// <summary>A caller with no other role than customer sees only what is their own.</summary>
        public bool IsOnlyCustomer() => user.IsInRole(Role.Customer) && !Role.Staff.Any(user.IsInRole);

        public bool MaySee(string customerId) => !user.IsOnlyCustomer() || user.Subject() == customerId;

        /// <summary>Only support acts for customers; whoever else is a customer, with whatever other role, acts for themselves.</summary>
        public bool MayActFor(string customerId) =>
            user.IsInRole(Role.Support) || user.IsInRole(Role.Admin) || user.Subject() == customerId;

        /// <summary>Names and addresses are for those who serve the customer; viewers and operators see them masked.</summary>
        public bool MaySeePersonalData() =>
            user.IsOnlyCustomer() || user.IsInRole(Role.Support) || user.IsInRole(Role.Warehouse) || user.IsInRole(Role.Admin);
    }
}
