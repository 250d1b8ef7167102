using System.Text.RegularExpressions;
using Mono.Cecil;
using Monolith.Architecture.Reading;
using Monolith.Host.Hosting;
using Monolith.Host.Hosting.Site;
using Shouldly;
using Xunit;

namespace Monolith.Architecture;

/// <summary>The Host puts modules together and knows nothing of their business.</summary>
public partial class HostRules
{
    /// <summary>These map what belongs to no module: problem pages, health, metrics, the description of the API, and the modules' endpoints.</summary>
    private static readonly Type[] MayMap = [typeof(Problems), typeof(Health), typeof(Telemetry), typeof(ApiDocument), typeof(Api), typeof(ConsoleSite), typeof(ConsoleSessionEndpoints)];

    [Fact]
    public void Program_has_less_than_60_lines() => LinesOf(Checkout.Text("src", "Host", "Program.cs")).ShouldBeLessThan(60);

    [Fact]
    public void Only_the_list_of_modules_names_modules() => Business(Code.TypesOf(Code.Host), except: typeof(Modules)).ShouldBeEmpty();

    [Fact]
    public void The_host_has_no_endpoint_of_business() => Endpoints(Code.TypesOf(Code.Host), MayMap).ShouldBeEmpty();

    [Fact]
    public void The_host_knows_no_address_of_business() => Addresses(Code.TypesOf(Code.Host)).ShouldBeEmpty();

    [Fact]
    public void A_host_that_knows_business_would_be_noticed()
    {
        var wrong = Code.TypesOf(typeof(Wrong.BusinessInTheHost));

        LinesOf(string.Concat(Enumerable.Repeat("line\n", 60))).ShouldBe(60);
        Business(wrong, except: typeof(Modules)).ShouldBe(["Monolith.Architecture.Wrong.BusinessInTheHost uses Monolith.Contracts.Ordering.OrderCancelled"]);
        Endpoints(wrong, MayMap).ShouldBe(["Monolith.Architecture.Wrong.BusinessInTheHost calls MapGet"]);
        Addresses(wrong).ShouldBe(["Monolith.Architecture.Wrong.BusinessInTheHost says /v1/orders/late"]);
    }

    private static int LinesOf(string text) => text.TrimEnd().Split('\n').Length;

    private static IEnumerable<string> Business(IEnumerable<TypeDefinition> types, Type except)
    {
        var business = Code.Modules.Append(Code.Contracts).Select(assembly => assembly.GetName().Name).ToHashSet();
        return (from type in types
                where Code.OwnerOf(type).FullName != except.FullName
                from used in Used(type)
                where business.Contains(used.GetElementType().Scope.Name.Replace(".dll", string.Empty, StringComparison.Ordinal))
                select $"{Code.OwnerOf(type).FullName} uses {used.GetElementType().FullName}").Distinct();
    }

    private static IEnumerable<TypeReference> Used(TypeDefinition type) =>
    [
        .. type.Fields.Select(field => field.FieldType),
        .. type.Methods.SelectMany(method => method.Parameters).Select(parameter => parameter.ParameterType),
        .. type.Methods.Select(method => method.ReturnType),
        .. type.Methods.SelectMany(Code.Operands).Select(operand => operand switch
        {
            TypeReference used => used,
            MemberReference member => member.DeclaringType,
            _ => null,
        }).OfType<TypeReference>(),
    ];

    private static IEnumerable<string> Endpoints(IReadOnlyList<TypeDefinition> types, Type[] mayMap) =>
        from call in Code.CallsIn(types)
        where call.Called.Name.StartsWith("Map", StringComparison.Ordinal)
            && call.Called.Parameters.FirstOrDefault()?.ParameterType.Name == "IEndpointRouteBuilder"
            && !mayMap.Any(type => type.FullName == call.Owner.FullName)
        select $"{call.Owner.FullName} calls {call.Called.Name}";

    private static IEnumerable<string> Addresses(IEnumerable<TypeDefinition> types) =>
        from type in types
        from method in type.Methods
        from text in Code.Operands(method).OfType<string>()
        where Address().IsMatch(text)
        select $"{Code.OwnerOf(type).FullName} says {text}";

    [GeneratedRegex("^/(v1|admin)/[a-z]", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Address();
}
