using System.Reflection;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Monolith.Contracts.Ordering;
using Monolith.Host.Hosting;
using Monolith.Kernel.Commands;

namespace Monolith.Architecture.Reading;

/// <summary>The compiled code of the solution, down to its instructions.</summary>
internal static class Code
{
    private static readonly DefaultAssemblyResolver Resolver = NewResolver();

    public static IReadOnlyList<Assembly> Modules => Monolith.Host.Hosting.Modules.Assemblies;

    public static Assembly Contracts => typeof(OrderPlaced).Assembly;

    public static Assembly Kernel => typeof(Decision).Assembly;

    public static Assembly Host => typeof(Storage).Assembly;

    /// <summary>All types of these assemblies, nested and compiler-generated ones included.</summary>
    public static IReadOnlyList<TypeDefinition> TypesOf(params IEnumerable<Assembly> assemblies) =>
        [.. assemblies.SelectMany(assembly => Resolver.Resolve(AssemblyNameReference.Parse(assembly.FullName)).MainModule.Types).SelectMany(WithNested)];

    /// <summary>The same of types of this project that break a rule on purpose.</summary>
    public static IReadOnlyList<TypeDefinition> TypesOf(params IEnumerable<Type> types) =>
        [.. TypesOf(typeof(Code).Assembly).Where(type => types.Any(wanted => OwnerOf(type).FullName == wanted.FullName))];

    /// <summary>Every method that these types call, create or point to, with the type whose source says so.</summary>
    public static IEnumerable<(TypeDefinition Owner, MethodReference Called)> CallsIn(IEnumerable<TypeDefinition> types) =>
        from type in types from method in type.Methods from called in CallsIn(method) select (OwnerOf(type), called);

    public static IEnumerable<MethodReference> CallsIn(MethodDefinition method) => Operands(method).OfType<MethodReference>();

    public static IEnumerable<object> Operands(MethodDefinition method) =>
        method.HasBody ? method.Body.Instructions.Select((Instruction instruction) => instruction.Operand).Where(operand => operand is not null) : [];

    /// <summary>The type that the source names: closures and state machines belong to the one around them.</summary>
    public static TypeDefinition OwnerOf(TypeDefinition type) =>
        type.DeclaringType is { } outer && type.Name.Contains('<', StringComparison.Ordinal) ? OwnerOf(outer) : type;

    public static string NameOf(MethodReference method) => $"{method.DeclaringType.Name}.{method.Name}";

    public static bool IsOurs(TypeReference type) => type.GetElementType().Scope.Name.StartsWith("Monolith.", StringComparison.Ordinal);

    private static IEnumerable<TypeDefinition> WithNested(TypeDefinition type) => [type, .. type.NestedTypes.SelectMany(WithNested)];

    private static DefaultAssemblyResolver NewResolver()
    {
        var resolver = new DefaultAssemblyResolver();
        resolver.AddSearchDirectory(AppContext.BaseDirectory);
        return resolver;
    }
}
