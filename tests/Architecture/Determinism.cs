using Mono.Cecil;
using Monolith.Architecture.Reading;
using Monolith.Kernel.Commands;
using Shouldly;
using Xunit;

namespace Monolith.Architecture;

/// <summary>Time comes from TimeProvider, chance from nowhere; decisions and folds know neither.</summary>
public class Determinism
{
    private static readonly string[] FoldNames = ["Fold", "Evolve", "EvolveAsync", "Apply", "ApplyAsync", "Create", "Project", "ShouldDelete", "DetermineAction"];

    [Fact]
    public void Nobody_asks_the_wall_clock_or_chance() =>
        ClocksAndChance(Code.TypesOf([.. Code.Modules, Code.Contracts, Code.Kernel]), except: typeof(RetryLostRaces)).ShouldBeEmpty();

    /// <summary>
    /// An asynchronous projection sees versions and sequences that are settled; it may tell by them that a snapshot is missing, and say which
    /// event it has set aside. None of it gets into a document. A processor of Insights knows the beginning of a stream by its version, names
    /// a late event by its sequence, and believes no time of an event that is beyond the one when it was recorded.
    /// </summary>
    private static readonly string[] Exceptions =
    [
        "Monolith.Inventory.StockProjection.EvolveAsync uses IEvent.get_Version in StockProjection",
        "Monolith.Inventory.StockProjection.EvolveAsync uses IEvent.get_Version in StreamEvents",
        "Monolith.Insights.Streaming.Processor`2.ApplyAsync uses IEvent.get_Version in Processor`2",
        "Monolith.Insights.Streaming.Processor`2.ApplyAsync uses IEvent.get_Sequence in WindowFold`2",
        "Monolith.Insights.Streaming.Processor`2.ApplyAsync uses IEvent.get_Timestamp in Arrivals`1",
        "Monolith.Kernel.Folding.FoldProjection`1.EvolveAsync uses IEvent.get_Sequence in SetAsideEvent",
    ];

    [Fact]
    public void Folds_take_their_time_from_events() =>
        Folds(Code.TypesOf([.. Code.Modules, Code.Contracts, Code.Kernel])).ShouldBe(Exceptions);

    [Fact]
    public void Folds_are_public_and_static() => HiddenFolds(Code.TypesOf(Code.Modules)).ShouldBeEmpty();

    [Fact]
    public void Decisions_are_pure()
    {
        ImpureParameters(Code.TypesOf(Code.Modules)).ShouldBeEmpty();
        Decisions(Code.TypesOf([.. Code.Modules, Code.Contracts, Code.Kernel])).ShouldBeEmpty();
    }

    [Fact]
    public void There_are_folds_and_decisions_to_judge()
    {
        var methods = Code.TypesOf(Code.Modules).SelectMany(type => type.Methods).ToArray();

        methods.Count(IsDecision).ShouldBeGreaterThan(5);
        methods.Count(IsFold).ShouldBeGreaterThan(5);
    }

    [Fact]
    public void The_wall_clock_and_chance_would_be_noticed() =>
        ClocksAndChance(Code.TypesOf(typeof(Wrong.UseOfClockAndChance)), except: typeof(RetryLostRaces)).Order().ShouldBe(
        [
            "Monolith.Architecture.Wrong.UseOfClockAndChance uses DateTime.get_Now",
            "Monolith.Architecture.Wrong.UseOfClockAndChance uses DateTimeOffset.get_UtcNow",
            "Monolith.Architecture.Wrong.UseOfClockAndChance uses Guid.NewGuid",
            "Monolith.Architecture.Wrong.UseOfClockAndChance uses Random.NextDouble",
            "Monolith.Architecture.Wrong.UseOfClockAndChance uses Random.get_Shared",
            "Monolith.Architecture.Wrong.UseOfClockAndChance uses Task.Delay",
            "Monolith.Architecture.Wrong.UseOfClockAndChance uses TimeProvider.get_System",
        ]);

    [Fact]
    public void A_fold_that_uses_recorded_time_or_a_new_id_would_be_noticed() =>
        Folds(Code.TypesOf(typeof(Wrong.FoldOfRecordedTime), typeof(Wrong.BaseOfFolds))).Order().ShouldBe(
        [
            "Monolith.Architecture.Wrong.BaseOfFolds.ApplyAsync uses Guid.CreateVersion7 in FoldOfRecordedTime",
            "Monolith.Architecture.Wrong.BaseOfFolds.ApplyAsync uses IEvent.get_Sequence in FoldOfRecordedTime",
            "Monolith.Architecture.Wrong.FoldOfRecordedTime.Evolve uses IEvent.get_Timestamp in FoldOfRecordedTime",
        ]);

    [Fact]
    public void A_fold_that_would_be_skipped_in_silence_would_be_noticed() =>
        HiddenFolds(Code.TypesOf(typeof(Wrong.HiddenFold))).ShouldBe(["Monolith.Architecture.Wrong.HiddenFold.Fold is not public and static"]);

    [Fact]
    public void A_decision_with_a_session_or_a_clock_would_be_noticed()
    {
        var wrong = Code.TypesOf(typeof(Wrong.ImpureDecision));

        ImpureParameters(wrong).ShouldBe(
        [
            "Monolith.Architecture.Wrong.ImpureDecision.Decide takes Marten.IDocumentSession",
            "Monolith.Architecture.Wrong.ImpureDecision.Decide takes Microsoft.AspNetCore.Http.HttpContext",
            "Monolith.Architecture.Wrong.ImpureDecision.Decide takes System.TimeProvider",
            "Monolith.Architecture.Wrong.ImpureDecision.Decide waits for something",
        ]);
        Decisions(wrong).ShouldBe(["Monolith.Architecture.Wrong.ImpureDecision.Decide uses TimeProvider.GetUtcNow in ImpureDecision"]);
    }

    private static IEnumerable<string> ClocksAndChance(IEnumerable<TypeDefinition> types, Type except) =>
        from call in Code.CallsIn(types)
        where IsClockOrChance(call.Called) && call.Owner.FullName != except.FullName
        select $"{call.Owner.FullName} uses {Code.NameOf(call.Called)}";

    private static IEnumerable<string> Folds(IReadOnlyList<TypeDefinition> types) =>
        CallGraph.Misuses(types, IsFold, called => IsClockOrChance(called) || IsAmbient(called) || IsRecorded(called)).Distinct();

    private static IEnumerable<string> Decisions(IReadOnlyList<TypeDefinition> types) =>
        CallGraph.Misuses(types, IsDecision, called => IsClockOrChance(called) || IsAmbient(called)).Distinct();

    private static IEnumerable<string> HiddenFolds(IEnumerable<TypeDefinition> types) =>
        from method in types.SelectMany(type => type.Methods)
        where method.Name == "Fold" && IsFold(method) && !(method.IsPublic && method.IsStatic)
        select $"{method.DeclaringType.FullName}.{method.Name} is not public and static";

    private static IEnumerable<string> ImpureParameters(IEnumerable<TypeDefinition> types) =>
        from method in types.SelectMany(type => type.Methods).Where(IsDecision)
        from complaint in method.Parameters
            .Where(parameter => IsWorld(parameter.ParameterType)).Select(parameter => $"takes {parameter.ParameterType.FullName}")
            .Concat(Waits(method) ? ["waits for something"] : [])
            .Concat(method.IsStatic ? [] : ["is not static"])
        select $"{method.DeclaringType.FullName}.{method.Name} {complaint}";

    private static bool IsDecision(MethodDefinition method) => method.Name == "Decide";

    /// <summary>A <c>Fold</c> that waits is no fold but runs them, as a rebuild does; what a projection waits for has another name.</summary>
    private static bool IsFold(MethodDefinition method) => FoldNames.Contains(method.Name) && !(method.Name == "Fold" && Waits(method));

    private static bool Waits(MethodDefinition method) => method.ReturnType.Namespace == "System.Threading.Tasks";

    private static bool IsWorld(TypeReference type) =>
        type.FullName is "System.TimeProvider" or "System.Threading.CancellationToken"
        || new[] { "Marten", "Microsoft.AspNetCore", "Microsoft.Extensions", "Wolverine", "JasperFx", "Npgsql" }
            .Any(library => type.Namespace == library || type.Namespace.StartsWith($"{library}.", StringComparison.Ordinal));

    private static bool IsClockOrChance(MethodReference called) => (called.DeclaringType.FullName, called.Name) switch
    {
        ("System.DateTime", "get_Now" or "get_UtcNow" or "get_Today") => true,
        ("System.DateTimeOffset", "get_Now" or "get_UtcNow") => true,
        ("System.Guid", "NewGuid") => true,
        ("System.TimeProvider", "get_System") => true,
        ("System.Environment", "get_TickCount" or "get_TickCount64") => true,
        ("System.Threading.Thread", "Sleep") => true,
        ("System.Threading.Tasks.Task", "Delay") => called.Parameters.All(parameter => parameter.ParameterType.Name != nameof(TimeProvider)),
        ("System.Random" or "System.Diagnostics.Stopwatch" or "System.Security.Cryptography.RandomNumberGenerator", _) => true,
        _ => false,
    };

    /// <summary>Good at the edge, where ids are minted and the time is read; not in a pure function.</summary>
    private static bool IsAmbient(MethodReference called) => (called.DeclaringType.FullName, called.Name) switch
    {
        ("System.Guid", "CreateVersion7") => true,
        ("System.TimeProvider", _) => true,
        _ => false,
    };

    /// <summary>An inline fold sees these before the store has settled them.</summary>
    private static bool IsRecorded(MethodReference called) =>
        called.DeclaringType.Namespace == "JasperFx.Events"
        && (called.DeclaringType.Name.StartsWith("IEvent", StringComparison.Ordinal) || called.DeclaringType.Name.StartsWith("Event", StringComparison.Ordinal))
        && called.Name is "get_Timestamp" or "get_Version" or "get_Sequence";
}
