import type { ReactNode } from 'react'
import styles from './Page.module.css'

/** The body of an ordinary page: padded, scrolling, as wide as is good to read. */
export function Page({ children, narrow = false }: { children: ReactNode; narrow?: boolean }) {
  return (
    <div className={styles.scroll}>
      <div className={narrow ? `${styles.page} ${styles.narrow}` : styles.page}>{children}</div>
    </div>
  )
}

/** A white card with an optional heading. */
export function Panel({
  title,
  extra,
  children,
}: {
  title?: ReactNode
  extra?: ReactNode
  children: ReactNode
}) {
  return (
    <section className={styles.panel}>
      {title || extra ? (
        <header className={styles.panelHead}>
          <h2>{title}</h2>
          {extra}
        </header>
      ) : null}
      {children}
    </section>
  )
}
