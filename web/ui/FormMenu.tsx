import { Button, type ButtonProps, Dropdown, type DropdownProps, type MenuProps } from 'antd'
import { useState } from 'react'
import { useKeptPlace } from './useKeptPlace.ts'

interface FormMenuProps extends ButtonProps, Pick<DropdownProps, 'placement'> {
  readonly items: NonNullable<MenuProps['items']>
  /** How high it may be where it is long (px). */
  readonly most?: number
}

/** A button with a menu within a form, both of which stay where they are while the form above them grows. */
export function FormMenu({ items, most, placement, ...button }: FormMenuProps) {
  const [open, setOpen] = useState(false)
  const keep = useKeptPlace(open)
  const style = most === undefined ? {} : { style: { maxHeight: most, overflowY: 'auto' as const } }
  return (
    <Dropdown
      menu={{ items, ...style }}
      trigger={['click']}
      onOpenChange={setOpen}
      {...(placement === undefined ? {} : { placement })}
    >
      <Button ref={keep} {...button} />
    </Dropdown>
  )
}
