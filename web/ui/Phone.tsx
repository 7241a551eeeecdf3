import { BatteryMedium, Signal, Wifi } from 'lucide-react'
import type { ReactNode, Ref } from 'react'
import styles from './Phone.module.css'

export interface PhoneProps {
  /** Whose phone, or who writes. */
  title: ReactNode
  /** Beside the title: previous and next, a count. */
  extra?: ReactNode
  /** The time on the phone, HH:MM. */
  time?: string
  children: ReactNode
  /** Below the screen's messages: a reply box. */
  footer?: ReactNode
  /** Grows with its content instead of filling the height given to it. */
  hug?: boolean
  screen?: Ref<HTMLDivElement>
}

/** The frame of a phone; the drawer, the preview and the inspector show messages in it. */
export function Phone({ title, extra, time, children, footer, hug = false, screen }: PhoneProps) {
  return (
    <section className={hug ? styles.phone : `${styles.phone} ${styles.fill}`}>
      {time === undefined ? null : (
        <div className={styles.status} aria-hidden>
          <span>{time}</span>
          <span className={styles.signs}>
            <Signal size={12} />
            <Wifi size={12} />
            <BatteryMedium size={15} />
          </span>
        </div>
      )}
      <header className={styles.head}>
        <div className={styles.title}>{title}</div>
        {extra}
      </header>
      <div className={styles.screen} ref={screen}>
        {children}
      </div>
      {footer ? <footer className={styles.footer}>{footer}</footer> : null}
    </section>
  )
}
