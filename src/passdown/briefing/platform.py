"""Names of the web platform, of React and of products: every project has them, so they tell nothing of this one."""

# Objects of the platform whose members are its own as well: `console.log`, `Object.keys`.
_OBJECTS = frozenset((
    "Array", "Date", "Error", "JSON", "Map", "Math", "Number", "Object", "Promise", "React", "ReactDOM", "Set", "String", "Symbol", "console", "document",
    "event", "navigator", "process", "window"))
_SPELLED = """
addEventListener removeEventListener dispatchEvent preventDefault stopPropagation currentTarget querySelector querySelectorAll getElementById createElement
appendChild removeChild classList className innerHTML innerText textContent getAttribute setAttribute getBoundingClientRect scrollIntoView scrollTop
offsetHeight offsetWidth clientHeight clientWidth innerWidth innerHeight localStorage sessionStorage setTimeout clearTimeout setInterval clearInterval
requestAnimationFrame encodeURIComponent decodeURIComponent structuredClone hasOwnProperty toString toLowerCase toUpperCase toISOString toLocaleString
indexOf startsWith endsWith forEach flatMap localeCompare parseInt parseFloat readFileSync writeFileSync existsSync
AbortController AbortSignal EventSource EventTarget FormData IntersectionObserver MutationObserver ResizeObserver ReadableStream TextDecoder TextEncoder
URLSearchParams WebSocket XMLHttpRequest HTMLElement HTMLInputElement HTMLDivElement MouseEvent KeyboardEvent TypeError RangeError SyntaxError
viewBox clipPath clipRule fillRule fillOpacity strokeWidth strokeLinecap strokeLinejoin strokeDasharray strokeDashoffset strokeOpacity preserveAspectRatio
linearGradient radialGradient gradientUnits stopColor textAnchor xlinkHref xmlnsXlink
tabIndex readOnly autoFocus autoComplete htmlFor maxLength minLength colSpan rowSpan srcSet ariaLabel contentEditable spellCheck
backgroundColor backgroundImage borderBottom borderColor borderRadius borderTop borderWidth boxShadow boxSizing flexDirection flexGrow flexShrink flexWrap
fontFamily fontSize fontStyle fontWeight gridTemplateColumns justifyContent alignItems alignSelf letterSpacing lineHeight marginBottom marginLeft
marginRight marginTop maxHeight maxWidth minHeight minWidth objectFit overflowX overflowY paddingBottom paddingLeft paddingRight paddingTop pointerEvents
textAlign textDecoration textOverflow textTransform userSelect whiteSpace wordBreak zIndex
onBlur onChange onClick onDoubleClick onDragOver onDrop onError onFocus onInput onKeyDown onKeyPress onKeyUp onLoad onMouseDown onMouseEnter onMouseLeave
onMouseMove onMouseUp onScroll onSubmit onTouchEnd onTouchStart onWheel
useCallback useContext useDeferredValue useEffect useId useImperativeHandle useLayoutEffect useMemo useReducer useRef useState useSyncExternalStore
useTransition createContext createPortal createRoot forwardRef dangerouslySetInnerHTML defaultValue defaultProps displayName propTypes
JSX.Element ReactElement ReactNode ReactDOM StrictMode
macOS iOS iPhone iPad NodeJS VSCode
"""
_NAMES = frozenset(_SPELLED.split())


def general(name: str) -> bool:
    """Whether a name of code is one that any project may have."""
    return name in _NAMES or name.split(".", 1)[0] in _OBJECTS


__all__ = ["general"]
