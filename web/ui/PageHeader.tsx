import { ArrowLeft } from 'lucide-react'
import { type ReactNode, useContext } from 'react'
import { createPortal } from 'react-dom'
import { Link } from 'react-router'
import styles from './PageHeader.module.css'
import { TopBar } from './topBar.ts'

export interface PageHeaderProps {
  title: string
  /** One sentence: what this page is for. */
  about?: ReactNode
  /** Badges beside the title. */
  status?: ReactNode
  /** Buttons beside the sentence, the chief one last. */
  actions?: ReactNode
  /** The page above this one. */
  back?: { to: string; label: string }
}

/** The title goes into the top bar; the sentence and the actions open the page. */
export function PageHeader({ title, about, status, actions, back }: PageHeaderProps) {
  return (
    <>
      <TopBarTitle title={title} status={status} {...(back ? { back } : {})} />
      {about || actions ? (
        <header className={styles.header}>
          <p className={styles.about}>{about}</p>
          <div className={styles.actions}>{actions}</div>
        </header>
      ) : null}
    </>
  )
}

/** Only the title, for pages that fill the screen. */
export function TopBarTitle({
  title,
  status,
  back,
}: {
  title: string
  status?: ReactNode
  back?: { to: string; label: string }
}) {
  const slots = useContext(TopBar)
  const heading = (
    <div className={styles.title}>
      {back ? (
        <Link to={back.to} className={styles.back} aria-label={back.label} title={back.label}>
          <ArrowLeft size={15} aria-hidden />
          <span className={styles.above}>{back.label}</span>
        </Link>
      ) : null}
      {back ? <span className={styles.slash}>/</span> : null}
      <h1 title={title}>{title}</h1>
      {status}
      <title>{`${title} · Magpie 鹊桥`}</title>
    </div>
  )
  return slots.title ? createPortal(heading, slots.title) : heading
}

/** Buttons in the top bar itself, for pages that fill the screen; the clock makes room for them. */
export function TopBarActions({ children }: { children: ReactNode }) {
  const slots = useContext(TopBar)
  const actions = <div className={styles.topActions}>{children}</div>
  return slots.actions ? createPortal(actions, slots.actions) : actions
}
