import type { Locator, Page } from 'playwright-core'
import { Form } from './form.ts'

interface Point {
  readonly x: number
  readonly y: number
}

/** The middle of something on the screen. */
async function middle(target: Locator): Promise<Point> {
  const box = await target.boundingBox()
  if (box === null) throw new Error('it is not on the screen')
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}

/** Drawing with the mouse. Nodes are named by their ids, ports by `node.port`. */
export class CanvasHand {
  readonly #page: Page

  constructor(page: Page) {
    this.#page = page
  }

  get surface(): Locator {
    return this.#page.getByTestId('canvas')
  }

  get inspector(): Locator {
    return this.#page.getByTestId('inspector')
  }

  /** The form of what is selected. */
  get form(): Form {
    return new Form(this.#page, this.inspector)
  }

  card(id: string): Locator {
    return this.#page.getByTestId(`node-${id}`)
  }

  cards(): Locator {
    return this.surface.locator('article[data-testid^="node-"]')
  }

  /** The line that leaves a port, `node.port`. */
  line(port: string): Locator {
    return this.surface.locator(`.react-flow__edge[data-id="${port}"]`)
  }

  /** Where a card stands on the screen. */
  place(id: string): Promise<Point> {
    return middle(this.card(id))
  }

  /** Waits until the canvas is drawn and its view has come to rest. */
  async opened(): Promise<void> {
    await this.surface.locator('.react-flow__renderer').waitFor()
    await this.#still()
  }

  /** Waits until the view has stood still for some frames. */
  async #still(): Promise<void> {
    await this.surface.locator('.react-flow__viewport').evaluate(async (view) => {
      let place = ''
      for (let frames = 0; frames < 5; frames += 1) {
        await new Promise(requestAnimationFrame)
        const now = getComputedStyle(view).transform
        if (now !== place) frames = 0
        place = now
      }
    })
  }

  /** Presses the mouse at one point and lets it go at another, by way of some between. */
  async drag(from: Point, to: Point): Promise<void> {
    const { mouse } = this.#page
    await mouse.move(from.x, from.y)
    await mouse.down()
    await mouse.move((from.x * 3 + to.x) / 4, (from.y * 3 + to.y) / 4)
    await mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 3 })
    await mouse.move(to.x, to.y, { steps: 4 })
    await mouse.up()
  }

  async #item(key: string): Promise<Point> {
    const item = this.#page.getByTestId(`palette-item-${key}`)
    await item.scrollIntoViewIfNeeded()
    return middle(item)
  }

  /** Drags a node out of the palette to a place on the canvas, counted from its upper left corner. */
  async drop(key: string, at: Point): Promise<void> {
    const box = await this.surface.boundingBox()
    await this.drag(await this.#item(key), { x: (box?.x ?? 0) + at.x, y: (box?.y ?? 0) + at.y })
    await this.#still()
  }

  /** Drags a node out of the palette onto a line. */
  async dropOnLine(key: string, port: string): Promise<void> {
    await this.drag(await this.#item(key), await this.lineMiddle(port))
    await this.#still()
  }

  /** A point of the line that leaves a port, half the way along. */
  lineMiddle(port: string): Promise<Point> {
    const path = this.line(port).locator('path.react-flow__edge-path')
    return path.evaluate((element) => {
      if (!(element instanceof SVGPathElement)) throw new Error('a line is a path')
      const half = element.getPointAtLength(element.getTotalLength() / 2)
      const matrix = element.getScreenCTM()
      if (matrix === null) throw new Error('the line is not drawn')
      const { x, y } = new DOMPoint(half.x, half.y).matrixTransform(matrix)
      return { x, y }
    })
  }

  /** Draws a line from a port to a card. */
  async connect(port: string, to: string): Promise<void> {
    const [node, out] = port.split('.')
    const from = await middle(this.#page.getByTestId(`port-${node}-${out}`))
    const entrance = this.surface.locator(`.react-flow__node[data-id="${to}"] .react-flow__handle.target`)
    await this.drag(from, await middle(entrance))
    await this.line(port).waitFor({ state: 'attached' })
  }

  /** Selects a card, so that its form is shown. */
  async select(id: string): Promise<void> {
    await this.card(id).click()
    await this.inspector.getByTestId('node-name').waitFor()
  }

  /** Calls the selected node by another name. */
  async rename(name: string): Promise<void> {
    await this.inspector.getByTestId('node-name').getByRole('textbox').fill(name)
  }

  async moveCard(id: string, by: Point): Promise<void> {
    const from = await this.place(id)
    await this.drag(from, { x: from.x + by.x, y: from.y + by.y })
  }

  async tool(name: string): Promise<void> {
    const toolbar = this.surface.getByRole('toolbar')
    await toolbar.getByRole('button', { name, exact: true }).click()
    await this.#still()
  }

  /** Waits until the draft is on the server. */
  async saved(): Promise<void> {
    await this.#page.locator('[data-testid="save-state"][data-state="saved"]').waitFor()
  }
}
