/** Words as they stand at the head of a line: English begins with a capital. */
export const atHead = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1)
