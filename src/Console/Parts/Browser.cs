using Microsoft.JSInterop;

namespace Monolith.Console.Parts;

/// <summary>What only the browser can do.</summary>
internal sealed class Browser(IJSRuntime js)
{
    public ValueTask Copy(string text) => js.InvokeVoidAsync("navigator.clipboard.writeText", text);

    public ValueTask<string?> Remembered(string setting) => js.InvokeAsync<string?>("localStorage.getItem", setting);

    public ValueTask Remember(string setting, string value) => js.InvokeVoidAsync("localStorage.setItem", setting, value);
}
