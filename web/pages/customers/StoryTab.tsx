import { useFormat } from '../../ui/useFormat.ts'
import type { PartProps } from './panels.tsx'
import { Story } from './Story.tsx'

/** What happened to the customer, the newest first. */
export function StoryTab({ data: { timeline, audiences } }: PartProps) {
  const format = useFormat()
  const named = audiences.map(({ key, name }) => ({ key, name: format.text(name) }))
  return <Story timeline={timeline} audiences={named} />
}
