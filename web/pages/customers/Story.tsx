import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Days, useSayings } from './Entries.tsx'
import styles from './Story.module.css'
import { storyOf, type TimelineEntry } from './story.ts'

export interface StoryProps {
  readonly timeline: readonly TimelineEntry[]
  readonly audiences?: readonly { readonly key: string; readonly name: string }[]
}

/** Entries shown before one asks for more. */
const page = 60

/** What happened in one passage, day by day, each step with its reason. */
export function Story({ timeline, audiences = [] }: StoryProps) {
  const { t } = useTranslation('customers')
  const say = useSayings(timeline, audiences)
  const [most, setMost] = useState(page)
  const all = storyOf(timeline)
  return (
    <div data-testid="story">
      <Days entries={all.slice(0, most)} say={say} bare />
      {all.length === 0 ? <p className={styles.none}>{t('noStory')}</p> : null}
      {all.length > most ? (
        <Button type="text" block onClick={() => setMost(most + page)}>
          {t('earlier')}
        </Button>
      ) : null}
    </div>
  )
}
