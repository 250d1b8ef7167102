using MudBlazor;

namespace Monolith.Console.Layout;

/// <summary>Colours with enough contrast for small text, in the light and in the dark; the fonts of the machine.</summary>
internal static class Look
{
    private static readonly string[] Fonts = ["system-ui", "Segoe UI", "Roboto", "Helvetica Neue", "sans-serif"];

    public static readonly MudTheme Theme = new()
    {
        PaletteLight = new PaletteLight
        {
            Primary = "#2f3e9e",
            Secondary = "#00695c",
            AppbarBackground = "#26336f",
            AppbarText = "#ffffff",
            Background = "#f6f7fb",
            Surface = "#ffffff",
            DrawerBackground = "#ffffff",
            DrawerText = "#23283b",
            DrawerIcon = "#4a5066",
            TextPrimary = "#1d2130",
            TextSecondary = "#4a5066",
            ActionDefault = "#4a5066",
            Error = "#b3261e",
            Warning = "#8a4b00",
            Success = "#1b6e3c",
            Info = "#0b5cad",
            LinesDefault = "#d5d9e6",
            TableLines = "#d5d9e6",
        },
        PaletteDark = new PaletteDark
        {
            Primary = "#aab6ff",
            PrimaryContrastText = "#10142a",
            Secondary = "#6fd6c4",
            SecondaryContrastText = "#0c201c",
            AppbarBackground = "#171b2e",
            AppbarText = "#f1f3fb",
            Background = "#11131d",
            Surface = "#1a1d2b",
            DrawerBackground = "#171a27",
            DrawerText = "#e4e7f4",
            DrawerIcon = "#b9bfd6",
            TextPrimary = "#eceef8",
            TextSecondary = "#b9bfd6",
            ActionDefault = "#b9bfd6",
            Error = "#ff9a92",
            ErrorContrastText = "#2b0a07",
            Warning = "#ffc46b",
            Success = "#7fd8a0",
            Info = "#8cc4ff",
            LinesDefault = "#343a52",
            TableLines = "#343a52",
        },
        Typography = new Typography { Default = new DefaultTypography { FontFamily = Fonts, FontSize = ".875rem" } },
        LayoutProperties = new LayoutProperties { DefaultBorderRadius = "8px", DrawerWidthLeft = "220px" },
    };
}
