using System.Xml.Linq;
using Monolith.Architecture.Reading;
using Shouldly;
using Xunit;

namespace Monolith.Architecture;

/// <summary>A module knows Kernel and Contracts; Contracts knows nothing; nobody opens a store of their own.</summary>
public class ModuleBoundaries
{
    private static readonly string[] ForModules = ["Monolith.Contracts", "Monolith.Kernel"];

    [Fact]
    public void A_module_uses_nothing_of_ours_but_kernel_and_contracts() =>
        Code.Modules.SelectMany(module => Foreign(References(module), ForModules).Select(name => $"{module.GetName().Name} uses {name}")).ShouldBeEmpty();

    [Fact]
    public void A_module_names_no_other_project() =>
        Checkout.Modules.SelectMany(module => ForeignProjects(ProjectOf(module), "Contracts", "Kernel").Select(name => $"{module} references {name}")).ShouldBeEmpty();

    [Fact]
    public void Contracts_uses_the_base_library_only()
    {
        References(Code.Contracts).Where(name => !name.StartsWith("System.", StringComparison.Ordinal)).ShouldBeEmpty();
        Dependencies(Checkout.Text("src", "Contracts", "Contracts.csproj")).ShouldBeEmpty();
    }

    [Fact]
    public void Kernel_uses_nothing_of_ours()
    {
        Foreign(References(Code.Kernel)).ShouldBeEmpty();
        ForeignProjects(Checkout.Text("src", "Kernel", "Kernel.csproj")).ShouldBeEmpty();
    }

    [Fact]
    public void Every_module_is_in_the_process() => Checkout.Modules.Select(module => $"Monolith.{Path.GetFileName(module)}")
        .Except(Code.Modules.Select(assembly => assembly.GetName().Name!)).ShouldBeEmpty("Add these to Hosting/Modules.cs.");

    [Fact]
    public void There_is_one_store_and_one_message_bus() => Setups(Code.TypesOf([.. Code.Modules, Code.Kernel])).ShouldBeEmpty();

    [Fact]
    public void An_assembly_that_uses_a_module_would_be_noticed() =>
        Foreign(References(Code.Host), ForModules).ShouldContain("Monolith.Ordering");

    [Fact]
    public void A_project_that_references_a_module_or_a_package_would_be_noticed()
    {
        const string Wrong =
            """
            <Project Sdk="Microsoft.NET.Sdk">
              <ItemGroup>
                <ProjectReference Include="../../Contracts/Contracts.csproj" />
                <ProjectReference Include="..\Catalog\Catalog.csproj" />
                <PackageReference Include="Npgsql" />
              </ItemGroup>
            </Project>
            """;

        ForeignProjects(Wrong, "Contracts", "Kernel").ShouldBe(["Catalog"]);
        Dependencies(Wrong).ShouldBe(["../../Contracts/Contracts.csproj", @"..\Catalog\Catalog.csproj", "Npgsql"]);
    }

    [Fact]
    public void A_store_of_its_own_would_be_noticed() =>
        Setups(Code.TypesOf(typeof(Wrong.StoreOfItsOwn))).ShouldBe(["Monolith.Architecture.Wrong.StoreOfItsOwn calls AddMarten"]);

    private static IEnumerable<string> References(System.Reflection.Assembly assembly) => assembly.GetReferencedAssemblies().Select(name => name.Name!);

    private static IEnumerable<string> Foreign(IEnumerable<string> references, params string[] allowed) =>
        references.Where(name => name.StartsWith("Monolith.", StringComparison.Ordinal)).Except(allowed);

    private static string ProjectOf(string folder) => File.ReadAllText(Directory.GetFiles(folder, "*.csproj").Single());

    private static IEnumerable<string> ForeignProjects(string project, params string[] allowed) => XDocument.Parse(project)
        .Descendants("ProjectReference")
        .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')))
        .Except(allowed);

    private static IEnumerable<string> Dependencies(string project) => XDocument.Parse(project).Descendants()
        .Where(element => element.Name.LocalName is "ProjectReference" or "PackageReference" or "FrameworkReference" or "Reference")
        .Select(element => element.Attribute("Include")!.Value);

    private static IEnumerable<string> Setups(IEnumerable<Mono.Cecil.TypeDefinition> types) =>
        from call in Code.CallsIn(types)
        where call.Called.Name is "AddMarten" or "AddMartenStore" or "UseWolverine" or "AddWolverine"
        select $"{call.Owner.FullName} calls {call.Called.Name}";
}
