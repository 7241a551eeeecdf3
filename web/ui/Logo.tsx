/** The mark of Magpie: a bird over the bridge that it makes. */
export function Logo({ size = 28 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <path
        d="M3 24.5C7 19.6 11.2 17.4 16 17.4s9 2.2 13 7.1"
        fill="none"
        stroke="#5aa2e6"
        strokeWidth="2.2"
        strokeLinecap="round"
      />
      <path
        d="M27.4 8.6 23.7 7.3C22.9 5.6 21.3 4.6 19.4 4.7c-2.3.1-4 1.7-4.9 3.7L4.2 16.9c3.6.4 6.6-.2 9-1.6 1.7 1 3.9 1.2 5.9.3 3-1.3 4.7-4 4.8-6.3z"
        fill="currentColor"
      />
      <path d="M18.2 9.4c.7 2.3-.7 4.5-3.4 5.3-.5-2.4.6-4.8 3.4-5.3z" fill="#5aa2e6" />
      <circle cx="20.4" cy="7.6" r=".9" fill="#182033" />
    </svg>
  )
}
