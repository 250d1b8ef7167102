using System.Reflection;
using Microsoft.AspNetCore.Authorization;
using Mono.Cecil;
using Monolith.Architecture.Reading;
using Shouldly;
using Wolverine.Http;
using Xunit;

namespace Monolith.Architecture;

/// <summary>Every endpoint says who may use it, and no handler waits for another one.</summary>
public class Endpoints
{
    /// <summary>With Allow, AllowStaffAnd, a policy, or AllowAnonymous.</summary>
    [Fact]
    public void Every_endpoint_names_who_may() =>
        WithoutPolicy(Code.Modules.Append(Code.Kernel).Append(Code.Host).SelectMany(assembly => assembly.GetTypes())).ShouldBeEmpty();

    [Fact]
    public void There_are_endpoints_to_judge() => Code.Modules.SelectMany(module => module.GetTypes()).SelectMany(EndpointsOf).Count().ShouldBeGreaterThan(10);

    [Fact]
    public void Nobody_invokes_a_handler_from_a_handler() => Invocations(Code.TypesOf([.. Code.Modules, Code.Kernel])).ShouldBeEmpty();

    [Fact]
    public void An_endpoint_for_whoever_comes_would_be_noticed() =>
        WithoutPolicy([typeof(Wrong.EndpointForWhoeverComes)]).ShouldBe(["Monolith.Architecture.Wrong.EndpointForWhoeverComes.Get", "Monolith.Architecture.Wrong.EndpointForWhoeverComes.Put"]);

    [Fact]
    public void A_handler_that_invokes_another_would_be_noticed() =>
        Invocations(Code.TypesOf(typeof(Wrong.HandlerThatInvokes))).ShouldBe(["Monolith.Architecture.Wrong.HandlerThatInvokes calls ICommandBus.InvokeAsync"]);

    private static IEnumerable<string> WithoutPolicy(IEnumerable<Type> types) =>
        from method in types.SelectMany(EndpointsOf)
        where !method.GetCustomAttributes().Any(attribute => attribute is AllowAnonymousAttribute or AuthorizeAttribute { Roles: not null } or AuthorizeAttribute { Policy: not null })
        select $"{method.DeclaringType!.FullName}.{method.Name}";

    private static IEnumerable<MethodInfo> EndpointsOf(Type type) => type
        .GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly)
        .Where(method => method.GetCustomAttributes<WolverineHttpMethodAttribute>().Any());

    private static IEnumerable<string> Invocations(IEnumerable<TypeDefinition> types) =>
        from call in Code.CallsIn(types)
        where call.Called.DeclaringType.Namespace == "Wolverine" && call.Called.Name is "InvokeAsync" or "InvokeForTenantAsync"
            && call.Called.DeclaringType.Name is "ICommandBus" or "IMessageBus" or "IMessageContext"
        select $"{call.Owner.FullName} calls {Code.NameOf(call.Called)}";
}
