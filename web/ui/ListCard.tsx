import { Button, ConfigProvider, type ThemeConfig } from 'antd'
import type { ReactNode } from 'react'
import styles from './ListCard.module.css'

export interface ListCardProps {
  /** Search and filters, from the left. */
  tools?: ReactNode
  /** A quiet word at the right of the tools: how many there are. */
  note?: ReactNode
  children: ReactNode
  /** How to see the rest; nothing where all is shown. */
  more?: { label: string; busy: boolean; show: () => void } | null
}

/** Cells keep the distance from the card's edge that its tools keep. */
const roomy: ThemeConfig = { components: { Table: { cellPaddingInlineMD: 16 } } }

/** A list in a white card: its tools above it, the way to the rest below. */
export function ListCard({ tools, note, children, more }: ListCardProps) {
  return (
    <section className={styles.card}>
      {tools || note ? (
        <header className={styles.tools}>
          {tools}
          <span className={styles.gap} />
          <span className={styles.note}>{note}</span>
        </header>
      ) : null}
      <ConfigProvider theme={roomy}>{children}</ConfigProvider>
      {more ? (
        <footer className={styles.more}>
          <Button type="text" loading={more.busy} onClick={more.show} data-testid="show-more">
            {more.label}
          </Button>
        </footer>
      ) : null}
    </section>
  )
}

/** What a table says where a search or filter leaves nothing. */
export function NothingFound({ children }: { children: ReactNode }) {
  return <p className={styles.nothing}>{children}</p>
}
