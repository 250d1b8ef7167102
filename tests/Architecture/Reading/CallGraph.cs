using Mono.Cecil;

namespace Monolith.Architecture.Reading;

/// <summary>What a method leads to inside the solution: calls, lambdas, state machines and overrides, over any number of steps.</summary>
internal sealed class CallGraph(IReadOnlyList<TypeDefinition> types)
{
    /// <summary>The method itself and all that it leads to.</summary>
    public IReadOnlyCollection<MethodDefinition> From(MethodDefinition root)
    {
        var found = new HashSet<MethodDefinition> { root };
        var open = new Queue<MethodDefinition>(found);
        while (open.TryDequeue(out var method))
        {
            foreach (var next in Next(method).Where(found.Add))
            {
                open.Enqueue(next);
            }
        }

        return found;
    }

    /// <summary>Complaints about methods of a kind that lead to something they must not use.</summary>
    public static IEnumerable<string> Misuses(
        IReadOnlyList<TypeDefinition> types, Func<MethodDefinition, bool> kind, Func<MethodReference, bool> forbidden)
    {
        var graph = new CallGraph(types);
        return from root in types.SelectMany(type => type.Methods).Where(kind)
               from method in graph.From(root)
               from called in Code.CallsIn(method)
               where forbidden(called)
               select $"{Code.OwnerOf(root.DeclaringType).FullName}.{root.Name} uses {Code.NameOf(called)} in {Code.OwnerOf(method.DeclaringType).Name}";
    }

    private IEnumerable<MethodDefinition> Next(MethodDefinition method) => Code.CallsIn(method)
        .Where(called => Code.IsOurs(called.DeclaringType))
        .Select(called => called.Resolve())
        .OfType<MethodDefinition>()
        .SelectMany(called => called.IsVirtual ? Overrides(called).Prepend(called) : [called])
        .Concat(StateMachine(method));

    private IEnumerable<MethodDefinition> Overrides(MethodDefinition method) =>
        from type in types
        where Bases(type).Contains(method.DeclaringType)
        from candidate in type.Methods
        where candidate.IsVirtual && candidate.Name == method.Name && candidate.Parameters.Count == method.Parameters.Count
        select candidate;

    private static IEnumerable<TypeDefinition> Bases(TypeDefinition type)
    {
        for (var next = type.BaseType; next is not null && Code.IsOurs(next); next = next.Resolve().BaseType)
        {
            yield return next.Resolve();
        }
    }

    /// <summary>The body of an async method or an iterator stands in a type of its own.</summary>
    private static IEnumerable<MethodDefinition> StateMachine(MethodDefinition method) => method.CustomAttributes
        .Where(attribute => attribute.AttributeType.Name.EndsWith("StateMachineAttribute", StringComparison.Ordinal))
        .SelectMany(attribute => ((TypeReference)attribute.ConstructorArguments[0].Value).Resolve().Methods);
}
