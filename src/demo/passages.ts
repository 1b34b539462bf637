/** Texts for timed reading at Cedar Bend, written for it; about 140 words each, of the grade that D.L. reads in. */
import type { ProgramBody } from '../capabilities/sessions/records.ts'

export const PASSAGES: NonNullable<ProgramBody['forms']> = [
  {
    id: 'garden-roof',
    title: 'The garden on the roof',
    text: 'On the roof of the old library there is a garden that nobody can see from the street. Last spring our class carried soil up in small buckets, one floor at a time. We filled twelve wooden boxes and planted beans, mint and sunflowers. The wind is strong up there, so we tied each stem to a stick. In May the beans climbed over the fence and began to wave at the people in the bus. Every Tuesday two of us go up with a can of water and a notebook. We write down how tall the plants are and which insects came to visit. Yesterday I counted nine bees on a single flower. The librarian says that they bring the pollen from the park across the river, which is a long way for such a small animal to fly.',
  },
  {
    id: 'lost-key',
    title: 'The lost key',
    text: 'My grandmother keeps the key to the shed on a red ribbon by the kitchen door. One morning the ribbon was there but the key was not. We looked under the table, behind the stove and inside both of her boots. We asked my cousin, who only shook his head and went on eating toast. Then I noticed that the window was open and that a shiny spoon was missing too. Outside, on the branch of the walnut tree, a magpie sat and looked very pleased with itself. We put a mirror on the grass and waited behind the curtain without a word. After a while the bird hopped down to look at its new friend. While it was busy I climbed up to the nest. There lay the spoon, three buttons, a coin from another country and, under some moss, the key.',
  },
  {
    id: 'night-train',
    title: 'The night train',
    text: 'The train to the coast leaves at ten in the evening and arrives when the sun comes up. My brother and I have the two top beds, which fold out of the wall like drawers. A man in a blue cap brings us blankets and tells us to hold on in the curves. At first the city slides by with all its yellow windows. Then there are only fields, a dark line of trees and now and then a lonely lamp. The wheels sing the same song again and again until my eyes fall shut. I wake up once because we stand still in a small station. Someone walks along the platform and taps each wheel with a hammer to hear if it is whole. When I wake again, the air smells of salt, and the first gull is flying beside our window.',
  },
  {
    id: 'paper-bridge',
    title: 'A bridge of paper',
    text: 'Our teacher gave each table ten sheets of paper and one meter of tape. The task was to build a bridge between two desks that could carry a cup of coins. Our first plan was a flat road, and it bent in the middle before we had put in a single coin. Then we rolled the sheets into tubes and laid them side by side. That was better, but the tubes slipped apart when the cup became heavy. During the break I looked at the crane on the building site behind the gym. Its long arm is made of triangles, many small ones in a row. We folded our last sheets into triangles and taped them under the tubes. In the end our bridge held forty coins, and it only broke because somebody sneezed.',
  },
  {
    id: 'first-snow',
    title: 'The first snow',
    text: 'Nobody in my building believed that it would snow, because it almost never does here. The radio said rain, and the sky was the color of an old pan. But at noon the rain grew slow and white, and the whole school ran to the windows. We were allowed to go out for ten minutes without our books. Some children had never touched snow and carried it about in their hands until it was gone. My friend caught a flake on her black sleeve, and we counted six tiny arms before it melted. In the afternoon the buses came late, and the drivers went slowly with all their lights on. At home my father cooked soup and put a bowl of clean snow on the table with some lemon and sugar. It was the best dessert that I have ever eaten.',
  },
  {
    id: 'market-day',
    title: 'Market day',
    text: 'On Saturdays I help my aunt at the market behind the church. We get up when it is still dark and load the van with crates of apples, pears and squash. My job is to build the pyramid of apples, with the best side of each one facing the street. If you take one from the bottom, the whole thing rolls away, as I found out in my first week. The people who come early know exactly what they want and hardly speak. Those who come late want to talk about the weather and taste a slice of everything. Around eleven a man with a fiddle stands next to our stall, and then we sell twice as much. At the end my aunt gives me three coins and the apple that looked too odd to be sold. Odd apples are the sweetest.',
  },
  {
    id: 'old-clock',
    title: 'The clock that ran backward',
    text: 'In the hall of our school hangs a clock that was a gift from the first class, more than ninety years ago. One Monday it began to run backward. At nine it showed three, and at ten it showed two. Some of us said that we would soon be in kindergarten again. The caretaker brought a ladder and opened the wooden case. Inside there were brass wheels, a long chain and the dry shell of a beetle, which had stopped the smallest wheel. He let me take it out with a pair of tweezers, because my fingers are thin. The clock shook itself, gave a loud tick and then went the right way. The beetle is in a glass box in the science room now, with a card that says when it held up time.',
  },
  {
    id: 'river-map',
    title: 'A map of the river',
    text: 'This year each group draws a map of one part of the river. Ours begins at the stone bridge and ends where the two mills used to stand. We walked along the bank with a long string that had a knot at every meter. One of us held the string, one counted the knots and one wrote the numbers down. We marked the deep places in dark blue and the stones where herons like to stand. Near the bend we found the print of a hand in old cement with a year next to it. It was older than all of our parents. In the classroom we laid the six maps in a row on the floor. The river ran right through the room, past the piano and out of the door, and for the first time I saw how long it really is.',
  },
]
