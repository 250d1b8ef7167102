using System.Text.RegularExpressions;
using Monolith.Architecture.Reading;
using Shouldly;
using Xunit;

namespace Monolith.Architecture;

/// <summary>Short files, a README for every module, tests that never wait for time to pass.</summary>
public partial class Sources
{
    private const int MostLines = 200;

    [Fact]
    public void Every_module_has_a_README() => WithoutReadme(Checkout.Modules).ShouldBeEmpty();

    [Fact]
    public void Files_are_short() => TooLong(Checkout.Sources("src")).ShouldBeEmpty();

    [Fact]
    public void Namespaces_are_file_scoped() => BlockNamespaces([.. Checkout.Sources("src"), .. Checkout.Sources("tests")]).ShouldBeEmpty();

    [Fact]
    public void Tests_never_sleep() =>
        Sleepers(new[] { "Unit", "Scenarios", "Architecture" }
            .SelectMany(folder => Checkout.Sources("tests", folder))
            .Where(file => !file.Path.StartsWith(Path.Combine("tests", "Architecture", "Wrong"), StringComparison.Ordinal))).ShouldBeEmpty();

    [Fact]
    public void Sources_that_break_these_rules_would_be_noticed()
    {
        WithoutReadme([Path.Combine(Checkout.Folder, "src", "Host", "Hosting")]).ShouldHaveSingleItem().ShouldEndWith("Hosting");
        TooLong([("short.cs", Lines(MostLines)), ("long.cs", Lines(MostLines + 1))]).ShouldBe(["long.cs"]);
        BlockNamespaces([("block.cs", "using System;\nnamespace A.B\n{\n}\n"), ("line.cs", "namespace A.B {\n}\n"), ("good.cs", "namespace A.B;\n")])
            .ShouldBe(["block.cs", "line.cs"]);

        // In two parts, because this file is judged too.
        Sleepers([("sleeps.cs", "Thread." + "Sleep(1);"), ("delays.cs", "await Task." + "Delay(1);"), ("good.cs", "await Ready();")])
            .ShouldBe(["sleeps.cs", "delays.cs"]);
    }

    private static string Lines(int count) => string.Concat(Enumerable.Repeat("line\n", count));

    private static IEnumerable<string> WithoutReadme(IEnumerable<string> modules) => modules.Where(module => !File.Exists(Path.Combine(module, "README.md")));

    private static IEnumerable<string> TooLong(IEnumerable<(string Path, string Text)> files) =>
        files.Where(file => file.Text.TrimEnd().Split('\n').Length > MostLines).Select(file => file.Path);

    private static IEnumerable<string> BlockNamespaces(IEnumerable<(string Path, string Text)> files) =>
        files.Where(file => BlockNamespace().IsMatch(file.Text)).Select(file => file.Path);

    private static IEnumerable<string> Sleepers(IEnumerable<(string Path, string Text)> files) =>
        files.Where(file => Sleep().IsMatch(file.Text)).Select(file => file.Path);

    [GeneratedRegex(@"^namespace [\w.]+\s*(\{|$)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex BlockNamespace();

    [GeneratedRegex(@"\b(Thread\s*\.\s*Sleep|Task\s*\.\s*Delay)\s*\(", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Sleep();
}
