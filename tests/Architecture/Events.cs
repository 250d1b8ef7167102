using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.CompilerServices;
using Monolith.Architecture.Reading;
using Monolith.Kernel.History;
using Shouldly;
using Xunit;

namespace Monolith.Architecture;

/// <summary>Events are facts: in the past tense, immutable, with their business time, under a name that no refactoring changes.</summary>
public class Events(StoredEvents stored) : IClassFixture<StoredEvents>
{
    private static readonly Type[] Collections =
        [typeof(IReadOnlyList<>), typeof(IReadOnlyCollection<>), typeof(IReadOnlyDictionary<,>), typeof(IReadOnlySet<>), typeof(ImmutableArray<>), typeof(ImmutableDictionary<,>)];

    private static readonly Type[] Values =
        [typeof(string), typeof(decimal), typeof(DateTimeOffset), typeof(DateOnly), typeof(TimeOnly), typeof(TimeSpan), typeof(Guid)];

    [Fact]
    public void Every_event_of_contracts_is_registered() =>
        PastTense(Code.Contracts.GetExportedTypes()).Except(stored.Types.Select(e => e.EventType)).ShouldBeEmpty("Give these a stored name in their module.");

    [Fact]
    public void Every_stored_event_stands_in_contracts_or_stays_in_its_module() =>
        stored.Types.Select(e => e.EventType).Where(type => type.Assembly != Code.Contracts && !Code.Modules.Contains(type.Assembly)).ShouldBeEmpty();

    [Fact]
    public void Stored_names_are_module_and_event() => WrongNames(stored.Types.Select(e => (e.EventType, e.EventTypeName))).ShouldBeEmpty();

    [Fact]
    public void Events_are_named_in_the_past_tense_and_know_their_time() => WrongFacts(stored.Types.Select(e => e.EventType)).ShouldBeEmpty();

    [Fact]
    public void Events_are_immutable() => stored.Types.SelectMany(e => Mutable(e.EventType)).Distinct().ShouldBeEmpty();

    /// <summary>They are read for ever, and written no more.</summary>
    [Fact]
    public void Nothing_writes_an_event_that_was_replaced() => Writers("ReportUnmatched", Checkout.Sources("src")).ShouldBeEmpty();

    [Fact]
    public void Who_writes_an_event_that_was_replaced_would_be_noticed() =>
        Writers("OrderForgotten", [("old.cs", "return new OrderForgotten(id);"), ("good.cs", "case OrderForgotten e:")]).ShouldBe(["old.cs"]);

    [Fact]
    public void There_are_events_to_judge() => stored.Types.Count.ShouldBeGreaterThan(7);

    [Fact]
    public void Events_that_break_these_rules_would_be_noticed()
    {
        PastTense([typeof(Wrong.OrderForgotten), typeof(Wrong.PlaceAnOrder)]).ShouldBe([typeof(Wrong.OrderForgotten)]);
        WrongNames([(typeof(Wrong.OrderForgotten), "order_forgotten")]).ShouldBe(["Monolith.Architecture.Wrong.OrderForgotten is stored as order_forgotten"]);
        WrongFacts([typeof(Wrong.PlaceAnOrder)]).ShouldBe(
            ["Monolith.Architecture.Wrong.PlaceAnOrder is not in the past tense", "Monolith.Architecture.Wrong.PlaceAnOrder has no business time"]);
        Mutable(typeof(Wrong.PlaceAnOrder)).ShouldBe(
        [
            "Monolith.Architecture.Wrong.PlaceAnOrder is not a sealed record",
            "Monolith.Architecture.Wrong.PlaceAnOrder.Note can be set",
            "Monolith.Architecture.Wrong.PlaceAnOrder.Skus is a List`1",
        ]);
    }

    private static IEnumerable<Type> PastTense(IEnumerable<Type> types) => types.Where(type => type.IsClass && IsPastTense(type.Name));

    private static IEnumerable<string> Writers(string replaced, IEnumerable<(string Path, string Text)> files) =>
        files.Where(file => file.Text.Contains($"new {replaced}(", StringComparison.Ordinal)).Select(file => file.Path);

    /// <summary>"ed" or "en" ends the past of the verbs in use; another one is added here when an event needs it.</summary>
    private static bool IsPastTense(string name) => name.EndsWith("ed", StringComparison.Ordinal) || name.EndsWith("en", StringComparison.Ordinal);

    private static IEnumerable<string> WrongNames(IEnumerable<(Type Type, string Name)> events) =>
        from e in events
        let module = e.Type.Namespace!.Split('.').Except(["Monolith", "Contracts"]).First()
        let name = EventName.Parse(e.Name)
        where (name.Module, name.Type) != ($"{char.ToLowerInvariant(module[0])}{module[1..]}", e.Type.Name)
        select $"{e.Type.FullName} is stored as {e.Name}";

    private static IEnumerable<string> WrongFacts(IEnumerable<Type> events) =>
        from type in events
        from complaint in (string?[])
        [
            IsPastTense(type.Name) ? null : "is not in the past tense",
            type.GetProperties().Any(p => p.PropertyType == typeof(DateTimeOffset) && p.Name.EndsWith("At", StringComparison.Ordinal)) ? null : "has no business time",
        ]
        where complaint is not null
        select $"{type.FullName} {complaint}";

    private static IEnumerable<string> Mutable(Type type)
    {
        if (!type.IsSealed || type.GetMethod("<Clone>$") is null)
        {
            yield return $"{type.FullName} is not a sealed record";
        }

        foreach (var property in type.GetProperties())
        {
            if (property.SetMethod is { } set && !set.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)))
            {
                yield return $"{type.FullName}.{property.Name} can be set";
            }

            foreach (var complaint in MutableValue(property))
            {
                yield return complaint;
            }
        }
    }

    private static IEnumerable<string> MutableValue(PropertyInfo property)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        return type switch
        {
            _ when type.IsPrimitive || type.IsEnum || Values.Contains(type) => [],
            { IsGenericType: true } when Collections.Contains(type.GetGenericTypeDefinition()) =>
                type.GetGenericArguments().Where(item => item.Namespace!.StartsWith("Monolith.", StringComparison.Ordinal) && !item.IsEnum).SelectMany(Mutable),
            _ when type.Namespace!.StartsWith("Monolith.", StringComparison.Ordinal) => Mutable(type),
            _ => [$"{property.DeclaringType!.FullName}.{property.Name} is a {type.Name}"],
        };
    }
}
