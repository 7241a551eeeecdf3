/** What the editor of one kind of test is given. */
export interface LeafProps<L> {
  value: L
  onChange: (value: L) => void
}
